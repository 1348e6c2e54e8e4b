/* The versions of the libraries in use, for run.json and --version. Each floor that fences a
 * library in has a function that tells them, one call each. */
#ifndef THEMATA_BASE_LIBRARY_H
#define THEMATA_BASE_LIBRARY_H

/* Takes one library; both texts live only for the call. */
typedef void LibraryFunction(void *context, const char *name, const char *version);

#endif
