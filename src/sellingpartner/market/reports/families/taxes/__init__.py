"""Reports on taxes: the lines that were sold and given back, as the law of each country wants them told."""
