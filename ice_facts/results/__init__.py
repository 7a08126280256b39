"""The typed answers of the queries; ``--format json`` prints them as they are."""
