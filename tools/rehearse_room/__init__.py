"""Play the lesson of a whole class in its room: in real browsers as many as are asked for, the rest by the protocol."""
