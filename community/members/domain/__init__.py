"""What members do with their accounts, devices and tokens."""
