"""What staff see: the queue, a conversation with everything captured, and the cases."""
