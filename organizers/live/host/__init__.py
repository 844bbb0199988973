"""The host's page for a phone or a tablet: what is read out, who comes next, one button."""
