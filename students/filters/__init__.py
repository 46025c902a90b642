"""What lists about students can be narrowed to."""
