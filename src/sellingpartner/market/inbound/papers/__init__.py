"""What is stuck on boxes and pallets and goes with them: labels, bills of lading, delivery challans."""
