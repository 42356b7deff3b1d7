"""Facts put into English: words, times, money, and who is to be credited."""
