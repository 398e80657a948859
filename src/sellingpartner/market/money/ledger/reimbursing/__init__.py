"""What Amazon pays for units that it lost or damaged, after it has looked for them."""
