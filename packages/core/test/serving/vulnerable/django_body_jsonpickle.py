# expect: SERVING-YAML-NETWORK@7
import jsonpickle
from django.http import HttpResponse


def view(request):
    state = jsonpickle.decode(request.body)
    return HttpResponse(str(state))
