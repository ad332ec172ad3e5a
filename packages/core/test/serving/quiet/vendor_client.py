import requests


def ask(prompt):
    response = requests.post("https://api.example.com/v1/chat", json={"prompt": prompt})
    return response.json()["choices"][0]
