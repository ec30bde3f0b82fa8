"""LinkedIn: sign-on, posts, pictures, videos. One folder, one network."""
