"""Sound and film without what the recorder noted: by hand where the format is plain, or by ffmpeg.

Nothing here can take a voice out of a recording: whoever knows the voice knows the speaker (W8).
"""
