"""The list of units: import, export, units that dissolve or merge; what their papers carry."""
