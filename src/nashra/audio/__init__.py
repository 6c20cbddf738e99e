"""From script to sound: voices, clips, stitching, loudness, MP3."""
