"""What addresses of the public pages say."""
