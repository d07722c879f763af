"""CivicLine's side of Rasa: components of the pipeline, patches and the launcher."""
