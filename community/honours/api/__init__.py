"""What members have earned, for programs."""
