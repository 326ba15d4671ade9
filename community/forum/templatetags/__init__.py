"""What the forum's templates ask for."""
