"""The quick info question: six fields, the keyboard alone, and the next person in the queue."""
