"""What can be done with ballots: answer, save, keep a draft, count."""
