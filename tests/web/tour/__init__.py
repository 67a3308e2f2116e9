"""The tour in docs/tour.md: every main state of the client, in three themes and two sizes. `make screenshots`."""
