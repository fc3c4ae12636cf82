"""What can be found out about the documents of a run, however many they are."""
