"""Amazon Warehousing and Distribution (AWD): bulk storage, from which FBA is replenished."""
