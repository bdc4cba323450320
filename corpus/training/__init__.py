"""Scripts that train the models which the package ships, from DOISOAT_SHARED/data."""
