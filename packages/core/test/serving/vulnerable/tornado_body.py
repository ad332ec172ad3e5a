# expect: SERVING-YAML-NETWORK@8
import tornado.web
import yaml


class ConfigHandler(tornado.web.RequestHandler):
    def post(self):
        config = yaml.load(self.request.body, Loader=yaml.Loader)
        self.write(str(config))
