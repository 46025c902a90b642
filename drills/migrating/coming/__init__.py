"""What a next release would do to filled tables, in the steps of docs/conventions/migrations.md."""
