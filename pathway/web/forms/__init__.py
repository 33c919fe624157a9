"""What was sent, and what does it mean? Forms, their fields, and how each is read: nothing here knows who came."""
