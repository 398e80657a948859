"""What a command prints: tables, JSON, CSV, bars. What strangers wrote is text to a terminal."""
