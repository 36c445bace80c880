"""Let a class vote while servers, the database and the network fail, and see that no answer is lost or doubled."""
