"""What moderators do: settle cases, put members on the ladder, watch words, keep the log."""
