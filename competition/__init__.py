"""The acts and the reads: one function per thing a person does or may see."""
