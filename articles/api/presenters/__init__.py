"""What is stored, as the API shows it: plain values, no queries beyond what the caller loaded."""
