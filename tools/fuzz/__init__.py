"""Do at random what hands do, and see that the page answers: `make fuzz`, and a short part of it as a test."""
