"""After marking: standings, reasons, analysis, and the lists for publication."""
