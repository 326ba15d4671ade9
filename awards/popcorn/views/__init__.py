"""Pages of the award: the podium, the season, the proof of a receipt, and what managers do."""
