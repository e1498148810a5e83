"""Pages of what one keeps of answers: collections, saved searches, feeds, exports."""
