"""Papers and files made from what competition reads: xlsx, csv."""
