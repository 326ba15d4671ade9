"""Making polls, voting in them, counting and closing them."""
