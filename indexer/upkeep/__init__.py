"""What people do with an archive: rulings about papers, checks, backups."""
