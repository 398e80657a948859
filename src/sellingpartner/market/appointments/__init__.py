"""Jobs of services: who does them and when, appointments that are set, moved, missed and done."""
