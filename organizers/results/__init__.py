"""After marking: standings, reasons, analysis, and the lists that leave the house."""
