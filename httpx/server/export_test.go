package server

// CleanName is for the names of Windows, on any system.
var CleanName = cleanName
