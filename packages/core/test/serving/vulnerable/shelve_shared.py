# expect: SERVING-STORE-PICKLE@4
import shelve

cache = shelve.open("/mnt/shared/cache")
