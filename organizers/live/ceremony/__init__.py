"""The award ceremony, as organizers and host lead it."""
