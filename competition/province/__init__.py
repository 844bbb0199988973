"""Many competitions in one process: opened apart, and what the province sees over all of them."""
