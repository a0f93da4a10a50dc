"""What a person may ask of us: to be told, to allow or refuse, to see, to correct and to be forgotten."""
