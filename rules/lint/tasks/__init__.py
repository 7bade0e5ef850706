"""The "6 rõ" of every task: who, what, by when, who answers, what comes of it, who is asked above."""
