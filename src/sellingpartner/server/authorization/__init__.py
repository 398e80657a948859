"""Login with Amazon: how applications come to tokens. A module for each flow."""
