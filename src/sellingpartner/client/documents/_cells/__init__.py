"""What the text in a cell means: numbers, moments, yes and no, as the cell's file and its marketplace write them."""
