"""What it costs to send a parcel from one place to another, and how far a product may be sent."""
