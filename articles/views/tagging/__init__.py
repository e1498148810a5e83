"""Pages and scripts' requests that tag: in the text, by name, from recognisers and files."""
