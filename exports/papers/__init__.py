"""Papers in the official form of GB/T 9704-2012, as PDF and as DOCX, from one description.

``document`` describes a paper; ``pdf`` and ``word`` write it. Each other file composes one paper.
"""
