"""What django-axes shows when it locks: the sign-in page as our view answered it."""

from django.http import HttpRequest, HttpResponse


def keep_response(request: HttpRequest, response: HttpResponse, credentials: object) -> HttpResponse:
    """The view has already said in Chinese that the account and source are locked."""
    return response
